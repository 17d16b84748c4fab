namespace FanOut.Engine.Filtering.Matching;

/// <summary>All fields that must match for an object to match; asked once the object was read.</summary>
/// <param name="fields">The slots of the fields, and whether each holds where the event has no such field.</param>
internal sealed class Conjunction((int Slot, bool WhenAbsent)[] fields)
{
    /// <summary>Whether every field matches.</summary>
    public bool Holds(ReadOnlySpan<byte> state)
    {
        foreach ((int slot, bool whenAbsent) in fields)
        {
            if ((state[slot] & Slot.Matched) == 0 && !(whenAbsent && state[slot] == 0))
            {
                return false;
            }
        }

        return true;
    }
}
