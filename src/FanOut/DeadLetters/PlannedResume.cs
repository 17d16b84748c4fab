using System.Globalization;
using System.Text.Json;
using FanOut.Engine.Events;
using FanOut.Local.Events;
using FanOut.Local.Plans;

namespace FanOut.DeadLetters;

/// <summary>What would be sent of letters to a target.</summary>
internal sealed class PlannedResume
{
    private readonly SortedSet<string> _operations = [];
    private int _letters;
    private int _records;
    private int _sent;
    private int _rejected;
    private int _calls;
    private int _toBeRead;

    /// <summary>In words.</summary>
    public string Text
    {
        get
        {
            string calls = _operations.Count == 0 ? $"{_calls} calls" : $"{_calls} calls ({string.Join(", ", _operations)})";
            if (_records == 0 && _rejected == 0 && _toBeRead > 0)
            {
                return string.Create(CultureInfo.InvariantCulture, $"{_toBeRead} records, which must be read from the stream first, of {_letters} dead letters");
            }

            string rest = (_rejected > 0 ? $"; {_rejected} would be rejected" : "") + (_toBeRead > 0 ? $"; {_toBeRead} more must be read from the stream first" : "");
            return string.Create(CultureInfo.InvariantCulture, $"{_sent} of {_records} records in {calls}{rest}, of {_letters} dead letters");
        }
    }

    /// <summary>Adds what letters are that are sent together.</summary>
    public async Task<bool> AddAsync(MakePlan plan, FanOutDeadLetter[] letters, LetterTarget target, CancellationToken cancellationToken)
    {
        _letters += letters.Length;
        EventRecord[] records = [.. letters.Select(static l => l.Content?.Record).OfType<EventRecord>()];
        List<ReadOnlyMemory<byte>> events = [.. letters.Where(static l => l.Content?.Event is { IsEmpty: false }).Select(static l => l.Content!.Event)];
        if (records.Length > 0)
        {
            events.Add(WriteEvent.Of(target.SourceArn, records));
        }

        _toBeRead += letters.Where(static l => l.Content is null).Sum(static l => l.Records ?? 1);
        foreach (ReadOnlyMemory<byte> json in events)
        {
            try
            {
                Add(await plan.OfAsync(json, target.Mappings, cancellationToken).ConfigureAwait(false));
            }
            catch (Exception e) when (e is InvalidEventException or JsonException)
            {
                _rejected++;
            }
        }

        return true;
    }

    private void Add(IReadOnlyDictionary<string, Plan> plans)
    {
        foreach (Plan plan in plans.Values)
        {
            _records += plan.Records;
            _sent += plan.Sent;
            _rejected += plan.Rejected.Count;
            _calls += plan.Calls.Count;
            _operations.UnionWith(plan.Calls.Select(static c => c.Request?.Operation).OfType<string>());
        }
    }
}
