using System.Management.Automation;
using FanOut.Operations;
using FanOut.Views;

namespace FanOut.Commands;

/// <content>-Watch: the same table again and again, in the same place.</content>
public sealed partial class GetFanOutMetricCommand
{
    // Who pipes wants objects: a screen is nothing to go on with.
    private bool IsPiped => MyInvocation.PipelinePosition < MyInvocation.PipelineLength;

    private void ShowAgainAndAgain()
    {
        PSObject? style = GetVariableValue("PSStyle") is { } value ? PSObject.AsPSObject(value) : null;
        var text = new LiveText(IsScreen(style));
        AskedMetrics[] all = [.. _asked.Values.Where(static a => a.HasAny)];
        while (all.Length > 0)
        {
            List<FanOutMetric> metrics = [];
            int failed = all.Length;
            foreach (AskedMetrics asked in all)
            {
                Guard(() =>
                {
                    metrics.AddRange(Await(asked.ReadAsync(Range(), StopToken)));
                    failed--;
                });
            }

            if (failed > 0)
            {
                // An error was written where the table would be.
                text.StartBelow();
            }

            if (IsPiped)
            {
                WriteObject(metrics, enumerateCollection: true);
            }
            else if (metrics.Count > 0)
            {
                Show(text.Next(MetricScreen.Lines(metrics, Time.GetUtcNow(), Interval, style), Height));
            }

            Await(Task.Delay(Interval, Time, StopToken));
        }
    }

    private int? Height
    {
        get
        {
            try
            {
                return Host.UI?.RawUI?.WindowSize.Height is > 0 and int height ? height : null;
            }
            catch (Exception e) when (e is NotImplementedException or System.Management.Automation.Host.HostException or InvalidOperationException)
            {
                // So hosts answer that have no window; everything is shown then.
                return null;
            }
        }
    }

    private bool IsScreen(PSObject? style) => !Console.IsOutputRedirected
        && TableLayout.Read(style ?? new PSObject(), "OutputRendering") != "PlainText"
        && Host.UI is { } ui && PSObject.AsPSObject(ui).Properties["SupportsVirtualTerminal"]?.Value is true;

    private void Show(string text)
    {
        if (Host.UI is { } ui)
        {
            ui.Write(text);
            return;
        }

        // As Write-Host does where nobody looks on.
        WriteInformation(new HostInformationMessage { Message = text, NoNewLine = true }, ["PSHOST"]);
    }
}
