using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Unicode;

namespace FanOut.Engine.Transform;

/// <summary>Turns DynamoDB's typed JSON into plain JSON.</summary>
/// <remarks>
/// Numbers keep all their digits, sets become arrays, binary stays its base64 text (which is checked), strings keep the escapes that they came with.
/// The result is compact and on one line.
/// <see href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_AttributeValue.html"/>.
/// </remarks>
public static class ConvertDynamo
{
    /// <summary>How deep lists and maps may be nested: 64, twice what DynamoDB stores.</summary>
    public const int MaxDepth = 64;

    /// <summary>Writes an image as a plain JSON object.</summary>
    /// <param name="typedImage">A map of attributes: <c>{"id":{"S":"x"},"n":{"N":"1"}}</c>.</param>
    /// <param name="output">Where the object is written. It is asked once for as many bytes as the image has, as plain JSON is never
    /// longer than the typed, and is advanced only when the whole image was converted.</param>
    /// <param name="reason">What is wrong and at which byte, if the image cannot be converted. Never holds data.</param>
    /// <returns>Whether the image was converted.</returns>
    public static bool TryWritePlain(ReadOnlySpan<byte> typedImage, IBufferWriter<byte> output, [NotNullWhen(false)] out string? reason)
    {
        ArgumentNullException.ThrowIfNull(output);
        if (!Utf8.IsValid(typedImage))
        {
            reason = "DynamoDB JSON: the image is not valid UTF-8";
            return false;
        }
        DynamoImage image = new(typedImage, output.GetSpan(typedImage.Length));
        reason = image.Convert(out int written);
        if (reason is not null)
        {
            return false;
        }

        output.Advance(written);
        return true;
    }
}
