using System.Management.Automation;

namespace FanOut.Views;

/// <summary>The colours of the user's <c>$PSStyle</c>; none where the output is redirected, unless they are asked for there too.</summary>
/// <param name="style">PowerShell's <c>$PSStyle</c>, which the reference that the module is compiled against does not know; null: no colours.</param>
internal sealed class Colors(PSObject? style)
{
    private readonly bool _isOn = style is not null && Read(style, "OutputRendering") switch
    {
        "PlainText" => false,
        "Ansi" => true,
        _ => !Console.IsOutputRedirected,
    };

    /// <summary>A label as PowerShell shows those of its tables.</summary>
    public string Label(string text) => In(text, "Formatting", "TableHeader");

    /// <summary>A state: what works, what rests, what is broken. What is on its way has no colour.</summary>
    public string State(string text) => text switch
    {
        "Enabled" or "Active" or "Pass" or "Complete" or "+ Create" => In(text, "Foreground", "Green"),
        "Disabled" or "Inactive" or "Disabling" or "Deleting" or "Warn" or "warn" or "~ Change" => In(text, "Formatting", "Warning"),
        "Invalid" or "Failed" or "NotConnected" or "Fail" or "error" or "platform" or "Stopped" or "- Remove" => In(text, "Formatting", "Error"),
        _ => text,
    };

    /// <summary>A count of what should not be: none has no colour.</summary>
    public string Count(string text) => text.Trim() is "0" or "" ? text : In(text, "Formatting", "Error");

    private string In(string text, string group, string name) => _isOn && PSObject.AsPSObject(style!.Properties[group].Value) is { } colors
        ? $"{Read(colors, name)}{text}{Read(style, "Reset")}"
        : text;

    private static string Read(PSObject item, string property) => TableLayout.Read(item, property);
}
