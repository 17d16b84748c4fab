using System.Globalization;
using System.Management.Automation;

namespace FanOut.Parameters;

/// <summary>Accepts a duration also as a number of seconds. PowerShell itself would take a number as ticks of 100 ns.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class DurationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) is { } given ? Of(given) : null;

    private static object? Of(object given) => given switch
    {
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
