using System.Collections;
using System.Globalization;
using System.Management.Automation;

namespace FanOut.Parameters;

/// <summary>Accepts a duration also as a number of seconds. PowerShell itself would take a number as ticks of 100 ns.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class DurationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData) => inputData switch
    {
        // ConvertTo-Json takes a duration apart.
        PSObject { BaseObject: PSCustomObject } json when json.Properties["Ticks"]?.Value is long or int => TimeSpan.FromTicks(Convert.ToInt64(json.Properties["Ticks"].Value, CultureInfo.InvariantCulture)),
        PSObject wrapped => Of(wrapped.BaseObject),
        _ => Of(inputData),
    };

    private static object? Of(object? given) => given switch
    {
        null => null,
        IDictionary json when json["Ticks"] is long or int => TimeSpan.FromTicks(Convert.ToInt64(json["Ticks"], CultureInfo.InvariantCulture)),
        string text when string.IsNullOrWhiteSpace(text) => null,
        string text when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds) => Seconds(seconds, given),
        string text when TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out TimeSpan span) => span,
        byte or short or int or long or float or double or decimal => Seconds(Convert.ToDouble(given, CultureInfo.InvariantCulture), given),
        TimeSpan => given,
        _ => throw Refused(given),
    };

    private static TimeSpan Seconds(double seconds, object given) =>
        Math.Abs(seconds) <= int.MaxValue ? TimeSpan.FromSeconds(seconds) : throw Refused(given);

    private static ArgumentTransformationMetadataException Refused(object given) =>
        new($"'{given}' is not a duration: give seconds (90), or hours, minutes and seconds ('01:30:00').");
}
