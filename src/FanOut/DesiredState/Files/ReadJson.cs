using System.Text.Json;

namespace FanOut.DesiredState.Files;

/// <summary>Reads JSON with the lines of its values, which JsonDocument does not tell. Comments and commas at the end are taken, as editors write them.</summary>
internal static class ReadJson
{
    private static readonly JsonReaderOptions Options = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, MaxDepth = 64 };

    /// <summary>Reads a file's content.</summary>
    /// <param name="utf8">The content, in UTF-8; a byte order mark before it is taken.</param>
    /// <param name="faults">Where faults are noted.</param>
    /// <returns>Null: it is not JSON, which has been noted.</returns>
    public static StateNode? Of(ReadOnlySpan<byte> utf8, StateFaults faults)
    {
        ReadOnlySpan<byte> text = utf8.StartsWith("\uFEFF"u8) ? utf8[3..] : utf8;
        var reader = new Utf8JsonReader(text, Options);
        var lines = new LineCounter(text);
        try
        {
            reader.Read();
            StateNode whole = Value(ref reader, ref lines, "");
            reader.Read();
            return whole;
        }
        catch (JsonException e)
        {
            // "… LineNumber: 3 | BytePositionInLine: 5." counts from 0, and is said before.
            faults.Add((int?)e.LineNumber + 1, "", $"It is not JSON: {e.Message.Split(" LineNumber:")[0]}");
            return null;
        }
        catch (InvalidOperationException)
        {
            faults.Add(lines.At(reader.TokenStartIndex), "", "It is not JSON: half a surrogate pair is escaped in it.");
            return null;
        }
    }

    private static StateNode Value(ref Utf8JsonReader reader, ref LineCounter lines, string path)
    {
        var node = new StateNode(path, lines.At(reader.TokenStartIndex));
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                List<(string, StateNode)> members = [];
                while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                {
                    string name = reader.GetString()!;
                    reader.Read();
                    members.Add((name, Value(ref reader, ref lines, node.PathOf(name))));
                }

                return new StateNode(path, node.Line) { Members = members };
            case JsonTokenType.StartArray:
                List<StateNode> items = [];
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    items.Add(Value(ref reader, ref lines, node.PathOf(items.Count)));
                }

                return new StateNode(path, node.Line) { Items = items };
            case JsonTokenType.Number:
                return node.With(reader.TryGetInt64(out long whole) ? whole : reader.TryGetDecimal(out decimal exact) ? exact : reader.GetDouble());
            case JsonTokenType.True or JsonTokenType.False:
                return node.With(reader.GetBoolean());
            default:
                return node.With(reader.TokenType == JsonTokenType.String ? reader.GetString() : null);
        }
    }

    /// <summary>Counts lines up to places that only ever lie further on.</summary>
    private ref struct LineCounter(ReadOnlySpan<byte> text)
    {
        private readonly ReadOnlySpan<byte> _text = text;
        private int _counted;
        private int _line = 1;

        public int At(long place)
        {
            _line += _text[_counted..(int)place].Count((byte)'\n');
            _counted = (int)place;
            return _line;
        }
    }
}
