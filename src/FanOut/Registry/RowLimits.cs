using System.Globalization;
using System.Text;
using Amazon.DynamoDBv2.Model;
using FanOut.Engine.Mappings;

namespace FanOut.Registry;

/// <summary>How large a row may be: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html</summary>
internal static class RowLimits
{
    private const int MostBytes = 400 * 1024;

    /// <summary>Why the attributes cannot be a row: a sentence without its full stop; null: they can.</summary>
    public static string? ProblemOf(IReadOnlyDictionary<string, AttributeValue> item)
    {
        // Truth values are a byte each; what may be long is text.
        int bytes = item.Sum(static a => Encoding.UTF8.GetByteCount(a.Key) + Encoding.UTF8.GetByteCount(a.Value.S ?? a.Value.N ?? "b"));
        return bytes <= MostBytes ? null
            : string.Create(CultureInfo.InvariantCulture, $"all settings together, {MappingAttributes.Filter} among them, have {bytes} bytes; a row of the table may have {MostBytes}");
    }
}
