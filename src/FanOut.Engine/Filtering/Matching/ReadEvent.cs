using System.Buffers;
using FanOut.Aws.Protocols;
using FanOut.Engine.Filtering.Conditions;
using FanOut.Engine.Json;

namespace FanOut.Engine.Filtering.Matching;

/// <summary>Goes through JSON once and notes in the pattern's slots which fields match. It neither allocates nor throws.</summary>
/// <remarks>
/// An array stands for each of its elements, however deep, as in EventBridge. What is asked of several fields of an object must hold for
/// one and the same element: objects are judged one by one. A name that stands twice in an object has both values. The caller must
/// have checked that the text is valid UTF-8.
/// </remarks>
/// <param name="state">The slots of the pattern.</param>
internal readonly ref struct ReadEvent(Span<byte> state)
{
    private const int OnStack = 256;

    private readonly Span<byte> _state = state;

    /// <summary>Judges a field whose value is JSON, and skips the value.</summary>
    /// <returns>Whether it is JSON.</returns>
    public bool TryValue(LevelField field, ref JsonCursor json)
    {
        int arrays = 0;
        while (true)
        {
            byte first = json.Peek();
            if (first == (byte)'[')
            {
                if (++arrays > JsonText.MaxDepth)
                {
                    return false;
                }

                json.TryTake(first);
                if (json.Peek() != (byte)']')
                {
                    continue;
                }
            }
            else if (!(first == (byte)'{' ? TryObject(field, ref json) : TryScalar(field, first, ref json)))
            {
                return false;
            }

            while (arrays > 0 && json.TryTake((byte)']'))
            {
                arrays--;
            }

            if (arrays == 0)
            {
                return true;
            }

            if (!json.TryTake((byte)','))
            {
                return false;
            }
        }
    }

    /// <summary>Judges the fields of an object, and skips it.</summary>
    /// <returns>Whether it is JSON.</returns>
    public bool TryFields(Level level, ref JsonCursor json)
    {
        level.Clear(_state);
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

            LevelField? field = level.Find(name);
            if (!(field is null ? JsonText.TryTakeValue(ref json) : TryValue(field, ref json)))
            {
                return false;
            }
        }
        while (json.TryTake((byte)','));
        return json.TryTake((byte)'}');
    }

    /// <summary>Judges a field whose value is a text.</summary>
    public void Text(LevelField field, ReadOnlySpan<byte> utf8) => Note(field, new Scalar(ScalarKind.Text, utf8));

    private bool TryObject(LevelField field, ref JsonCursor json)
    {
        if (field.Child is null)
        {
            return JsonText.TryTakeValue(ref json);
        }

        if (!TryFields(field.Child, ref json))
        {
            return false;
        }

        field.NoteObject(_state);
        return true;
    }

    private bool TryScalar(LevelField field, byte first, ref JsonCursor json)
    {
        switch (first)
        {
            case (byte)'"':
                if (!json.TryTakeString(out ReadOnlySpan<byte> quoted))
                {
                    return false;
                }

                NoteString(field, quoted);
                return true;
            case (byte)'t':
                return TryLiteral(field, "true"u8, ref json);
            case (byte)'f':
                return TryLiteral(field, "false"u8, ref json);
            case (byte)'n':
                return TryLiteral(field, "null"u8, ref json);
            default:
                int start = json.Position;
                if (!json.TryTakeNumber())
                {
                    return false;
                }

                Note(field, new Scalar(ScalarKind.Number, json.Since(start)));
                return true;
        }
    }

    private bool TryLiteral(LevelField field, ReadOnlySpan<byte> literal, ref JsonCursor json)
    {
        Note(field, new Scalar(ScalarKind.Literal, literal));
        return json.TryTake(literal);
    }

    private void NoteString(LevelField field, ReadOnlySpan<byte> quoted)
    {
        ReadOnlySpan<byte> content = quoted[1..^1];
        if (field.Values.Length == 0)
        {
            return;
        }

        if (!content.Contains((byte)'\\'))
        {
            Text(field, content);
            return;
        }

        byte[]? rented = content.Length > OnStack ? ArrayPool<byte>.Shared.Rent(content.Length) : null;
        Span<byte> text = rented ?? stackalloc byte[OnStack];
        bool isText = JsonEscape.TryUndo(quoted, text, out int length);
        Note(field, isText ? new Scalar(ScalarKind.Text, text[..length]) : new Scalar(ScalarKind.BrokenText, default));
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private void Note(LevelField field, scoped in Scalar value)
    {
        foreach (ValueSlot slot in field.Values)
        {
            slot.Note(_state, value);
        }
    }
}
