using System.Text.Json;
using FanOut.LocalCloud;
using FanOut.LocalCloud.Lambda;

namespace FanOut.Testing;

/// <summary>A stand-in cloud with a fan-out function's table, and a PowerShell session whose cmdlets call it.</summary>
public sealed class CloudSession : IAsyncDisposable
{
    /// <summary>The stream that most tests use as their source.</summary>
    public const string Orders = "arn:aws:kinesis:us-east-1:123456789012:stream/orders";

    /// <summary>The secret key that the cmdlets are given; it must never show.</summary>
    public const string Secret = "TOP-SECRET-KEY-OF-THE-TESTS";

    /// <summary>Starts both.</summary>
    /// <param name="transitionTime">How long Lambda's changes take; by default they are done when their caller asks again.</param>
    /// <param name="enforcePolicies">Whether a function's role needs what its policies allow.</param>
    public CloudSession(TimeSpan transitionTime = default, bool enforcePolicies = false)
    {
        Cloud = Cloud.Start(new CloudOptions { EnforcePolicies = enforcePolicies });
        Lambda = new LambdaService(LambdaServiceOptions.Of(Cloud) with { TransitionTime = transitionTime });
        Cloud.Add(Lambda);
        Cloud.Dynamo.CreateTable("fanoutTargets", "sourceArn", "id");
        Cloud.Kinesis.CreateStream("orders");
        PowerShell = new PowerShellSession();
        PowerShell.CallAt(Cloud.Endpoint, "AKIATESTSOFFANOUT000", Secret);
    }

    /// <summary>The cloud.</summary>
    public Cloud Cloud { get; }

    /// <summary>Its Lambda.</summary>
    public LambdaService Lambda { get; }

    /// <summary>The session.</summary>
    public PowerShellSession PowerShell { get; }

    /// <summary>The table's rows as JSON.</summary>
    public IReadOnlyList<JsonElement> Rows =>
        [.. Cloud.Dynamo.Find("fanoutTargets")!.Items.Select(static i => JsonDocument.Parse(i.ToJsonString()).RootElement)];

    /// <summary>The operations that were called, in order, without those that went before <see cref="Forget"/>.</summary>
    public IReadOnlyList<string> Calls => [.. Cloud.Calls.Select(static c => $"{c.Service}:{c.Operation}")];

    /// <summary>The operations that change something.</summary>
    public IReadOnlyList<string> Changes => [.. Cloud.Calls.Where(static c => c.IsChanging).Select(static c => $"{c.Service}:{c.Operation}")];

    /// <summary>Runs a script.</summary>
    public PowerShellResult Run(string script, params object[] input)
    {
        PowerShellResult result = PowerShell.Run(script, input);
        Assert.DoesNotContain(Secret, result.AllText, StringComparison.Ordinal);
        return result;
    }

    /// <summary>Forgets the calls so far.</summary>
    public void Forget() => Cloud.Calls.Clear();

    /// <summary>Puts a row into the table, as another tool would.</summary>
    public void Put(string itemJson) => Cloud.Dynamo.Find("fanoutTargets")!.Put(itemJson);

    /// <summary>Registers a queue as a target of <see cref="Orders"/>.</summary>
    public void Register(string id, string more = "") =>
        Run($"Register-FanOutTarget sqs {id} arn:aws:sqs:us-east-1:123456789012:{id} -SourceArn {Orders} {more}").ThrowIfFailed();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        PowerShell.Dispose();
        await Lambda.DisposeAsync();
        await Cloud.DisposeAsync();
    }
}
