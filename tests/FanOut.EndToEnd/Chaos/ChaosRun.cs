using System.Globalization;
using FanOut.EndToEnd.Engine;

namespace FanOut.EndToEnd.Chaos;

/// <summary>Plays one case: a failing mapping beside two healthy ones, one with a filter: trouble for two deliveries, then none.</summary>
/// <param name="cloud">The cloud.</param>
/// <param name="chaos">The case.</param>
/// <param name="number">Its number, from which its names are made.</param>
internal sealed class ChaosRun(ChaosCloud cloud, ChaosCase chaos, int number)
{
    private const int First = 26, All = 36, Keys = 6, PoisonNumber = 8;

    private static readonly string[] DeadLetterKinds = ["sqs", "sns", "s3"];

    private readonly string _name = string.Create(CultureInfo.InvariantCulture, $"c{number:D3}");
    private readonly Random _random = new(number);

    /// <summary>Plays it, and finds fault with what it broke of the promises.</summary>
    public async Task<ChaosFigures> RunAsync()
    {
        string source = StreamEvent.StreamArn(_name);
        var records = new ChaosRecords(source, _name, Keys);
        await using IPlace failing = await cloud.PlaceAsync(chaos.Kind, _name + "f", _random);
        await using IPlace letters = await cloud.PlaceAsync(DeadLetterKinds[number % 3], _name + "d", _random);
        await using IPlace stream = await cloud.PlaceAsync("kinesis", _name + "a", _random);
        await using IPlace queue = await cloud.PlaceAsync("sqs", _name + "b", _random);
        cloud.Map(source, "failing", chaos.Type, failing.Destination, chaos.Parallel, chaos.Type == "lambda" ? 2_400 : 300, chaos.Buries ? letters.Destination : null);
        cloud.Map(source, "a", "kinesis", stream.Destination, isParallel: true);
        cloud.Map(source, "b", "sqs", queue.Destination, isParallel: true, filter: ChaosRecords.Filter);
        await using ExecutionEnvironment one = cloud.Environment(_random), other = cloud.Environment(_random);
        var events = new EventSource(records, [one, other], TimeSpan.FromSeconds(1.5), chaos.Cuts);

        string[] poison = [records.Mark(PoisonNumber), records.Base64(PoisonNumber)];
        await events.DeliverAsync([.. Enumerable.Range(0, First)], Before);
        await events.DeliverAsync([.. Enumerable.Range(First, All - First)], Before);

        failing.Mend();
        Assert.True(failing.Strikes > 0, $"{chaos}: nothing went wrong.");
        var verdict = new ChaosVerdict(chaos, records, All, events);
        return verdict.Of(failing.Arrivals(), letters.Arrivals(), [stream.Arrivals(), queue.Arrivals()]);

        void Before(int delivery)
        {
            switch (delivery)
            {
                case 1:
                    failing.Trouble(chaos.Trouble, chaos.IsCache ? 7 : 1, 1, poison);
                    break;
                case 2:
                    failing.Trouble(chaos.Trouble, 0, 0.5, poison);
                    break;
                default:
                    failing.Mend();
                    one.Time.Advance(TimeSpan.FromMinutes(3));
                    other.Time.Advance(TimeSpan.FromMinutes(3));
                    break;
            }
        }
    }
}
