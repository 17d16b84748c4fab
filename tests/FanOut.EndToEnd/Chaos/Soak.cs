using System.Globalization;
using FanOut.EndToEnd.Engine;
using FanOut.LocalCloud;
using FanOut.LocalCloud.Faults;

namespace FanOut.EndToEnd.Chaos;

/// <summary>Sends records in batches on several lanes, as shards do, and counts what arrives; of a record nothing is kept but how often it did.</summary>
internal sealed class Soak : IAsyncDisposable
{
    private const int Lanes = 4, Batch = 500, Keys = 200, BatchesBetweenCounts = 10;

    private readonly int _count;
    private readonly Random _random;
    private readonly ChaosCloud _chaos;
    private readonly string _source = StreamEvent.StreamArn("soak");
    private readonly SoakPlace _stream;
    private readonly SoakPlace _letters;
    private readonly SoakPlace[] _targets;
    private readonly int[] _last = new int[Lanes * Keys];
    private int _deliveries;
    private int _calls;
    private int _progressProblems;

    public Soak(int count, int seed)
    {
        (_count, _random, _chaos) = (count, new Random(seed), new ChaosCloud(seed));
        _stream = new SoakPlace(_chaos, "kinesis", "soak-stream", count);
        _letters = new SoakPlace(_chaos, "sqs", "soak-letters", count);
        _targets = [_stream, new SoakPlace(_chaos, "sqs", "soak-queue", count), new SoakPlace(_chaos, "firehose", "soak-archive", count), new SoakPlace(_chaos, "lambda", "soak-function", count)];
        _chaos.Map(_source, "stream", "kinesis", _stream.Destination, isParallel: false);
        _chaos.Map(_source, "queue", "sqs", _targets[1].Destination, isParallel: true, 20_000, _letters.Destination, collapse: "JSON");
        _chaos.Map(_source, "archive", "firehose", _targets[2].Destination, isParallel: true, 8_000, filter: ChaosRecords.Filter);
        _chaos.Map(_source, "function", "lambda", _targets[3].Destination, isParallel: true);
        foreach (Fault fault in Faults())
        {
            _chaos.Cloud.Faults.Add(fault);
        }
    }

    /// <summary>Records that are missing at a target and in its dead letter.</summary>
    public int Lost { get; private set; }

    /// <summary>Records that the archive's filter kept back.</summary>
    public int Filtered { get; private set; }

    /// <summary>Records that the stream, which keeps order, took behind a later one of their key.</summary>
    public int OutOfOrder { get; private set; }

    public async Task RunAsync()
    {
        int perLane = _count / Lanes;
        for (int done = 0; done < perLane; done += Batch * BatchesBetweenCounts)
        {
            int from = done;
            await Task.WhenAll(Enumerable.Range(0, Lanes).Select(lane => Task.Run(() => DeliverAsync(lane, (lane * perLane) + from, (lane * perLane) + Math.Min(perLane, from + (Batch * BatchesBetweenCounts))))));
            Count();
        }

        int sent = perLane * Lanes;
        int[] all = [.. Enumerable.Range(0, sent)], wanted = [.. all.Where(ChaosRecords.IsWanted)];
        Filtered = sent - _targets[2].Distinct;
        Assert.Equal(sent - wanted.Length, Filtered);
        Lost = _stream.Missing(all) + _targets[1].Missing(all, _letters) + _targets[2].Missing(wanted) + _targets[3].Missing(all);
    }

    /// <summary>The figures, in one line.</summary>
    public string Tell() => FormattableString.Invariant(
        $"{_count / Lanes * Lanes} sent, delivered {string.Join(", ", _targets.Select(static t => $"{t.Distinct} {t.Kind}"))}; {Filtered} filtered, {_letters.Distinct} dead-lettered, {_targets.Sum(static t => t.Total - t.Distinct)} duplicates, {Lost} lost, {OutOfOrder} out of order; {_deliveries} invocations, {_calls} calls, {_progressProblems} without progress");

    public ValueTask DisposeAsync() => _chaos.DisposeAsync();

    private async Task DeliverAsync(int lane, int from, int to)
    {
        var records = new ChaosRecords(_source, string.Create(CultureInfo.InvariantCulture, $"lane{lane}"), Keys);
        var random = new Random(from);
        await using ExecutionEnvironment one = _chaos.Environment(random), other = _chaos.Environment(random);
        for (int first = from; first < to; first += Batch)
        {
            var events = new EventSource(records, [one, other], TimeSpan.FromSeconds(4));
            await events.DeliverAsync([.. Enumerable.Range(first, Math.Min(Batch, to - first))], _ =>
            {
                one.Time.Advance(TimeSpan.FromMinutes(3));
                other.Time.Advance(TimeSpan.FromMinutes(3));
            });
            Interlocked.Add(ref _deliveries, events.Deliveries);
            Interlocked.Add(ref _calls, events.Calls);
            Interlocked.Add(ref _progressProblems, events.ProgressProblems.Count);
        }
    }

    private void Count()
    {
        int perLane = _count / Lanes;
        foreach (int number in _stream.Count())
        {
            ref int last = ref _last[(number / perLane * Keys) + (number % Keys)];
            OutOfOrder += number < last && _progressProblems == 0 ? 1 : 0;
            last = Math.Max(last, number);
        }

        foreach (SoakPlace place in _targets.Skip(1).Append(_letters))
        {
            place.Count();
        }

        Cloud cloud = _chaos.Cloud;
        cloud.Calls.Clear();
        cloud.Kinesis.Received.Clear();
        cloud.Sqs.Received.Clear();
        cloud.Firehose.Received.Clear();
    }

    // Everything there is, at each of the four, seldom enough that most calls pass.
    private static IEnumerable<Fault> Faults()
    {
        foreach (string destination in new[] { "soak-stream", "soak-queue", "soak-archive", "soak-function" })
        {
            Fault fault = new() { Kind = FaultKind.Throttle, Destination = destination, Probability = 0.02 };
            yield return fault;
            yield return fault with { Kind = FaultKind.RefuseItems, Probability = 0.1, ItemProbability = 0.05 };
            yield return fault with { Kind = FaultKind.RefuseItems, Probability = 0.01, ItemProbability = 0.01, Permanent = true };
            yield return fault with { Kind = FaultKind.ServerError };
            yield return fault with { Kind = FaultKind.ServerError, Moment = FaultMoment.After, Probability = 0.01 };
            yield return fault with { Kind = FaultKind.CloseBeforeAnswer, Probability = 0.01 };
            yield return fault with { Kind = FaultKind.CloseBeforeAnswer, Moment = FaultMoment.After, Probability = 0.01 };
            yield return fault with { Kind = FaultKind.CloseInTheMiddle, Moment = FaultMoment.After, Probability = 0.005 };
            yield return fault with { Kind = FaultKind.Malformed, Probability = 0.005 };
            yield return fault with { Kind = FaultKind.AccessDenied };
            yield return fault with { Kind = FaultKind.NotFound, Probability = 0.005 };
            yield return fault with { Kind = FaultKind.Hang, Probability = 0.001 };
        }

        yield return new Fault { Kind = FaultKind.Throttle, Destination = "soak-letters", Probability = 0.1 };
    }
}
