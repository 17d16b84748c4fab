using FanOut.Engine.Events;
using FanOut.Engine.Filtering;

namespace FanOut.Engine.Transform;

/// <summary>The payloads of a group, some records at a time, made once for all mappings that want the same at about the same time.</summary>
/// <remarks>
/// What nobody has borrowed is kept for those who come later, as long as there is memory for it: what was used last the longest. Targets that
/// are faster or slower than others have payloads made anew, so that what is held does not grow with the event.
/// </remarks>
/// <param name="group">The records.</param>
/// <param name="most">How many bytes payloads may take that are made at a time, together with what a target makes of them.</param>
/// <param name="spare">How many bytes may be kept of what nobody has borrowed.</param>
/// <param name="mostUnpacked">How many bytes a record may unpack to.</param>
internal sealed class SharedPayloads(RecordGroup group, long most = long.MaxValue, long spare = long.MaxValue, long mostUnpacked = UnpackRecords.MostBytes) : IDisposable
{
    private readonly object _gate = new();

    // The one that was used last comes last. They are few.
    private readonly List<PayloadSlice> _slices = [];

    /// <summary>The records.</summary>
    public RecordGroup Group => group;

    /// <summary>The payloads of a record, and of as many behind it as there is memory for.</summary>
    /// <param name="first">The record's position.</param>
    /// <param name="options">How they look.</param>
    /// <param name="filter">Which of them are sent; null: all.</param>
    public BorrowedPayloads From(int first, PayloadOptions options, RecordFilter? filter = null)
    {
        lock (_gate)
        {
            PayloadSlice slice = Take(options, first, null);
            return new BorrowedPayloads(this, slice, filter is null ? slice.Payloads : Filter(slice, filter));
        }
    }

    /// <summary>One who has borrowed payloads does not read them any more.</summary>
    public void TakeBack(PayloadSlice slice)
    {
        lock (_gate)
        {
            slice.Readers--;
            long unread = _slices.Sum(static s => s.Readers == 0 ? s.Payloads.Bytes : 0);
            for (int i = 0; i < _slices.Count && unread > spare;)
            {
                if (_slices[i].Readers > 0)
                {
                    i++;
                    continue;
                }

                unread -= _slices[i].Payloads.Bytes;
                _slices[i].Dispose();
                _slices.RemoveAt(i);
            }
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            // What has not been given back may still be read: its memory is left to the garbage collector.
            foreach (PayloadSlice slice in _slices.Where(static s => s.Readers == 0))
            {
                slice.Dispose();
            }

            _slices.Clear();
        }
    }

    private PayloadSlice Take(PayloadOptions options, int first, int? end)
    {
        int at = _slices.FindIndex(s => s.Options == options && s.Payloads.First == first && (end is null ? s.IsFull : s.Payloads.End == end));
        PayloadSlice slice = at >= 0
            ? _slices[at]
            : new PayloadSlice(options, MakePayloads.Of(group, options, first, end ?? group.Records.Count, end is null ? most : long.MaxValue, mostUnpacked), end is null);
        if (at >= 0)
        {
            _slices.RemoveAt(at);
        }

        _slices.Add(slice);
        slice.Readers++;
        return slice;
    }

    private Payloads Filter(PayloadSlice slice, RecordFilter filter)
    {
        if (slice.Passed.TryGetValue(filter, out Payloads? passed))
        {
            return passed;
        }

        PayloadSlice seen = Take(FilterPayloads.SeenAs(slice.Options, group.Kind, filter.ReadsChanges), slice.Payloads.First, slice.Payloads.End);
        if (!seen.Verdicts.TryGetValue(filter, out bool[]? verdicts))
        {
            seen.Verdicts.Add(filter, verdicts = FilterPayloads.Judge(seen.Payloads, filter));
        }

        slice.Passed.Add(filter, passed = FilterPayloads.Of(slice.Payloads, seen.Payloads, verdicts));
        TakeBack(seen);
        return passed;
    }
}
