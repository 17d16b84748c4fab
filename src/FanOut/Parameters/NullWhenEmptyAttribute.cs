using System.Globalization;
using System.Management.Automation;

namespace FanOut.Parameters;

/// <summary>Converts what is given for a number, a word of an enumeration or a date, and says what is wrong with it. An empty text, such as an empty field of a CSV file, is null.</summary>
/// <remarks>PowerShell itself leaves a piped property that it cannot convert unbound without a word, takes <c>1.000</c> for one, and an empty text for zero.</remarks>
/// <param name="type">The parameter's type, without its question mark.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class NullWhenEmptyAttribute(Type type) : ArgumentTransformationAttribute
{
    private static readonly (string Suffix, int Factor)[] Units = [("KB", 1 << 10), ("MB", 1 << 20), ("GB", 1 << 30)];

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) switch
        {
            null => null,
            string text when string.IsNullOrWhiteSpace(text) => null,
            var given when type == typeof(int) => WholeNumber(given),
            string text when type.IsEnum => Word(text.Trim()),
            var given => LanguagePrimitives.TryConvertTo(given, type, CultureInfo.InvariantCulture, out object converted)
                ? converted
                : throw Refused($"'{given}' is not a {type.Name}."),
        };

    private static int WholeNumber(object given)
    {
        string text = string.Create(CultureInfo.InvariantCulture, $"{given}").Trim();
        (string suffix, int factor) = Array.Find(Units, u => text.EndsWith(u.Suffix, StringComparison.OrdinalIgnoreCase));
        string digits = suffix is null ? text : text[..^suffix.Length].TrimEnd();
        bool isWhole = long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number);
        long all = isWhole ? number * Math.Max(factor, 1) : 0;
        bool isInRange = all / Math.Max(factor, 1) == number && all is >= int.MinValue and <= int.MaxValue;
        return !isWhole ? throw Refused($"'{text}' is not a whole number: write it as 65536, or as 64kb.")
            : isInRange ? (int)all
            : throw Refused($"'{text}' is not a number from {int.MinValue} to {int.MaxValue}.");
    }

    private object Word(string text) =>
        Enum.GetNames(type).FirstOrDefault(n => n.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } name
            ? Enum.Parse(type, name)
            : throw Refused($"'{text}' is not one of {string.Join(", ", Enum.GetNames(type))}.");

    private static ArgumentTransformationMetadataException Refused(string problem) => new(problem);
}
