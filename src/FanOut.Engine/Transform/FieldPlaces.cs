using FanOut.Engine.Events;
using FanOut.Engine.Json;
using FanOut.Engine.Templates;

namespace FanOut.Engine.Transform;

/// <summary>Where in the JSON of a record the values stand that templates ask for. Each JSON is read once, however many they are.</summary>
/// <param name="count">How many places the templates' paths lead to.</param>
internal sealed class FieldPlaces(int count)
{
    private readonly (int Start, int Length)[] _places = new (int, int)[count];

    /// <summary>Forgets the places in another record.</summary>
    public void Clear() => _places.AsSpan().Clear();

    /// <summary>The value at a place; empty: there is none.</summary>
    /// <param name="text">The JSON that was read.</param>
    /// <param name="number">The number of the path's node.</param>
    public ReadOnlySpan<byte> Of(ReadOnlySpan<byte> text, int number) => text.Slice(_places[number].Start, _places[number].Length);

    /// <summary>Notes the places in a JSON.</summary>
    /// <param name="text">The text.</param>
    /// <param name="root">The paths.</param>
    /// <returns>Whether it is JSON.</returns>
    public bool TryRead(ReadOnlySpan<byte> text, PathNode root)
    {
        scoped var json = new JsonCursor(text);
        return TryRead(root, ref json, JsonText.MaxDepth) && json.IsAtEnd();
    }

    /// <summary>Notes the places in a record of an event, which is JSON. What Kinesis puts into <c>kinesis</c> is taken as if it were one level up, as filters do.</summary>
    /// <param name="text">The record.</param>
    /// <param name="root">The paths.</param>
    /// <param name="kind">The kind of its source.</param>
    public void ReadRecord(ReadOnlySpan<byte> text, PathNode root, SourceKind kind)
    {
        scoped var json = new JsonCursor(text);
        TryReadFields(root, ref json, JsonText.MaxDepth, kind == SourceKind.Kinesis);
    }

    // How deep all of it may be nested does not depend on the paths: what is JSON for one template is it for all.
    private bool TryRead(PathNode node, scoped ref JsonCursor json, int mostDepth)
    {
        byte first = json.Peek();
        int start = json.Position;
        bool isRead = first switch
        {
            (byte)'{' when node.HasChildren => TryReadFields(node, ref json, mostDepth, isRecord: false),
            (byte)'[' when node.HasChildren => TryReadElements(node, ref json, mostDepth),
            _ => JsonText.TryTakeValue(ref json, mostDepth),
        };
        if (node.Number >= 0)
        {
            // Of a name that stands twice the last one counts, as for most readers of JSON.
            _places[node.Number] = (start, json.Position - start);
        }

        return isRead;
    }

    private bool TryReadFields(PathNode node, scoped ref JsonCursor json, int mostDepth, bool isRecord)
    {
        json.TryTake((byte)'{');
        if (json.TryTake((byte)'}'))
        {
            return true;
        }

        do
        {
            if (!json.TryTakeString(out ReadOnlySpan<byte> name) || !json.TryTake((byte)':'))
            {
                return false;
            }

            bool isRead = isRecord && name.SequenceEqual("\"kinesis\""u8) && json.Peek() == (byte)'{' ? TryReadFields(node, ref json, mostDepth - 1, isRecord: false)
                : node.Find(name) is { } child ? TryRead(child, ref json, mostDepth - 1)
                : JsonText.TryTakeValue(ref json, mostDepth - 1);
            if (!isRead)
            {
                return false;
            }
        }
        while (json.TryTake((byte)','));
        return json.TryTake((byte)'}');
    }

    private bool TryReadElements(PathNode node, scoped ref JsonCursor json, int mostDepth)
    {
        json.TryTake((byte)'[');
        if (json.TryTake((byte)']'))
        {
            return true;
        }

        int index = 0;
        do
        {
            if (!(node.Find(index++) is { } child ? TryRead(child, ref json, mostDepth - 1) : JsonText.TryTakeValue(ref json, mostDepth - 1)))
            {
                return false;
            }
        }
        while (json.TryTake((byte)','));
        return json.TryTake((byte)']');
    }
}
