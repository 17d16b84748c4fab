namespace FanOut.Engine.Filtering.Matching;

/// <summary>A name that a pattern looks at in an object, with all that it asks there, in <c>$or</c> and outside.</summary>
/// <param name="name">The name, UTF-8.</param>
/// <param name="values">What is asked if the field is a value.</param>
/// <param name="child">What is asked if the field is an object; null: nothing.</param>
/// <param name="childSlots">The slots of the child's outcomes.</param>
internal sealed class LevelField(byte[] name, ValueSlot[] values, Level? child, int[] childSlots)
{
    /// <summary>The name, UTF-8.</summary>
    public byte[] Name => name;

    /// <summary>What is asked if the field is a value.</summary>
    public ValueSlot[] Values => values;

    /// <summary>What is asked if the field is an object; null: nothing.</summary>
    public Level? Child => child;

    /// <summary>What the pattern asks of it as a value.</summary>
    public LevelField OfValues => new(name, values, null, []);

    /// <summary>What the pattern asks of it as an object.</summary>
    public LevelField OfObjects => new(name, [], child, childSlots);

    /// <summary>Notes an object whose fields were read.</summary>
    public void NoteObject(Span<byte> state)
    {
        for (int i = 0; i < childSlots.Length; i++)
        {
            state[childSlots[i]] |= child!.Outcomes[i].Holds(state) ? (byte)(Slot.Seen | Slot.Matched) : Slot.Seen;
        }
    }

    /// <summary>Notes that the field is there, but does not match.</summary>
    public void NoteMismatch(Span<byte> state)
    {
        foreach (ValueSlot value in values)
        {
            state[value.Slot] = Slot.Seen;
        }

        foreach (int slot in childSlots)
        {
            state[slot] = Slot.Seen;
        }
    }
}
