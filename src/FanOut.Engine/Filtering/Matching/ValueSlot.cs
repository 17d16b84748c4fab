using FanOut.Engine.Filtering.Conditions;

namespace FanOut.Engine.Filtering.Matching;

/// <summary>A field that is to be a value: its slot, and conditions of which one has to hold.</summary>
internal readonly record struct ValueSlot(int Slot, ValueCondition[] Conditions)
{
    /// <summary>Notes a value of the field.</summary>
    public void Note(Span<byte> state, in Scalar value)
    {
        ref byte slot = ref state[Slot];
        slot |= Matching.Slot.Seen;
        for (int i = 0; (slot & Matching.Slot.Matched) == 0 && i < Conditions.Length; i++)
        {
            slot |= Conditions[i].Holds(value) ? Matching.Slot.Matched : (byte)0;
        }
    }
}
