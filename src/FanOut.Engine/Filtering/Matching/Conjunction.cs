namespace FanOut.Engine.Filtering.Matching;

/// <summary>Whether an object is as asked, once all of it was read: every field.</summary>
/// <param name="fields">The slots of the fields, and whether each holds where the event has no such field.</param>
internal sealed class Conjunction((int Slot, bool WhenAbsent)[] fields)
{
    /// <summary>Whether it is.</summary>
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
