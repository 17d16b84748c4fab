namespace FanOut.Engine.Filtering.Matching;

/// <summary>Whether an object is as asked, once all of it was read: every field, and one alternative of <c>$or</c>.</summary>
/// <param name="fields">The slots of the fields, and whether each holds where the event has no such field.</param>
/// <param name="alternatives">The alternatives; empty: there is no <c>$or</c>.</param>
internal sealed class Conjunction((int Slot, bool WhenAbsent)[] fields, Conjunction[] alternatives)
{
    public bool Holds(ReadOnlySpan<byte> state)
    {
        foreach ((int slot, bool whenAbsent) in fields)
        {
            if ((state[slot] & Slot.Matched) == 0 && !(whenAbsent && state[slot] == 0))
            {
                return false;
            }
        }

        return alternatives.Length == 0 || Any(state);
    }

    private bool Any(ReadOnlySpan<byte> state)
    {
        foreach (Conjunction alternative in alternatives)
        {
            if (alternative.Holds(state))
            {
                return true;
            }
        }

        return false;
    }
}
