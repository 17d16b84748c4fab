using FanOut.Engine.Json;
using FanOut.Engine.Templates;

namespace FanOut.Engine.Transform;

/// <summary>Collects what a path with <c>*</c> leads to, as an array of JSON in the order of the text.</summary>
/// <param name="output">Takes the array; it must have room for the JSON that is read, and two bytes.</param>
internal readonly ref struct WildcardValues(Scratch output)
{
    /// <summary>Writes the array.</summary>
    /// <param name="json">A value of valid JSON.</param>
    /// <param name="steps">The steps from there.</param>
    public void Write(ReadOnlySpan<byte> json, ReadOnlySpan<PathStep> steps)
    {
        Put("["u8);
        Follow(json, steps);
        Put("]"u8);
    }

    private void Follow(ReadOnlySpan<byte> value, ReadOnlySpan<PathStep> steps)
    {
        if (steps.IsEmpty)
        {
            if (output.Written.Length > 1)
            {
                Put(","u8);
            }

            Put(value);
            return;
        }

        var json = new JsonCursor(value);
        bool isObject = json.TryTake((byte)'{');
        if ((!isObject && !json.TryTake((byte)'[')) || json.TryTake(isObject ? (byte)'}' : (byte)']'))
        {
            return;
        }

        PathStep step = steps[0];
        int index = 0;
        do
        {
            ReadOnlySpan<byte> name = default;
            if (isObject)
            {
                json.TryTakeString(out name);
                json.TryTake((byte)':');
            }

            json.Peek();
            int start = json.Position;
            JsonText.TryTakeValue(ref json);
            if (step.IsAll || (isObject ? step.Name is not null && JsonName.Is(name, step.Utf8.Span) : step.Name is null && step.Index == index))
            {
                Follow(json.Since(start), steps[1..]);
            }

            index++;
        }
        while (json.TryTake((byte)','));
    }

    private void Put(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(output.GetSpan(bytes.Length));
        output.Advance(bytes.Length);
    }
}
