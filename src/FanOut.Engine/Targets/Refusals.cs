using FanOut.Aws;

namespace FanOut.Engine.Targets;

/// <summary>Turns the refused entries of a batch call into a receipt.</summary>
internal static class Refusals
{
    public static Receipt Of(IReadOnlyList<RefusedEntry> refused)
    {
        if (refused.Count == 0)
        {
            return Receipt.AllTaken;
        }

        var items = new ItemFailure[refused.Count];
        for (int i = 0; i < items.Length; i++)
        {
            RefusedEntry entry = refused[i];
            items[i] = entry.SenderFault
                ? ItemFailure.Rejected(entry.Index, entry.ErrorCode, entry.ErrorMessage)
                : ItemFailure.Refused(entry.Index, entry.ErrorCode, entry.ErrorMessage);
        }

        return new Receipt(items);
    }
}
