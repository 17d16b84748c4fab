using FanOut.Engine.Filtering.Conditions;

namespace FanOut.Engine.Filtering.Matching;

/// <summary>A field that is to be a value: its slot, and conditions of which one has to hold.</summary>
internal sealed class ValueSlot(int slot, ValueCondition[] conditions)
{
    /// <summary>The slot.</summary>
    public int Slot => slot;

    /// <summary>Judges a value of the field, and notes the result in the slot.</summary>
    public void Note(Span<byte> state, in Scalar value)
    {
        ref byte known = ref state[slot];
        known |= Matching.Slot.Seen;
        for (int i = 0; (known & Matching.Slot.Matched) == 0 && i < conditions.Length; i++)
        {
            known |= conditions[i].Holds(value) ? Matching.Slot.Matched : (byte)0;
        }
    }
}
