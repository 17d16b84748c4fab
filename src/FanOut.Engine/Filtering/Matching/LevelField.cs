namespace FanOut.Engine.Filtering.Matching;

/// <summary>A name that a pattern looks at in an object, with all that it asks there, in <c>$or</c> and outside.</summary>
/// <param name="Name">The name, UTF-8.</param>
/// <param name="Values">What is asked where it is a value.</param>
/// <param name="Child">What is asked where it is an object; <see langword="null"/>: nothing.</param>
/// <param name="ChildSlots">The slots of the child's outcomes.</param>
internal sealed record LevelField(byte[] Name, ValueSlot[] Values, Level? Child, int[] ChildSlots)
{
    /// <summary>Notes an object whose fields were read.</summary>
    public void NoteObject(Span<byte> state)
    {
        for (int i = 0; i < ChildSlots.Length; i++)
        {
            state[ChildSlots[i]] |= Child!.Outcomes[i].Holds(state) ? (byte)(Slot.Seen | Slot.Matched) : Slot.Seen;
        }
    }

    /// <summary>Notes that there is something, and that it is not as asked.</summary>
    public void NoteMismatch(Span<byte> state)
    {
        foreach (ValueSlot value in Values)
        {
            state[value.Slot] = Slot.Seen;
        }

        foreach (int slot in ChildSlots)
        {
            state[slot] = Slot.Seen;
        }
    }
}
