using FanOut.EndToEnd.Engine;
using FanOut.Engine;
using FanOut.LocalCloud.Faults;

namespace FanOut.EndToEnd.Chaos;

/// <summary>A cloud whose clock is hours away from the function's: every service there finds the first signatures expired, or not yet current.</summary>
[Collection(nameof(EndpointsCollection))]
public sealed class ClockTests
{
    private const int Count = 12;
    private const string Role = "arn:aws:iam::210987654321:role/target";
    private static readonly string[] Kinds = ["kinesis", "firehose", "sqs", "sqs.fifo", "sns", "sns.fifo", "lambda", "events", "states", "iot", "es"];

    [Theory]
    [InlineData(-5)]
    [InlineData(5)]
    public async Task Targets_roles_dead_letters_and_the_table_are_reached_all_the_same(int hours)
    {
        var time = new ShiftedTime();
        time.Advance(TimeSpan.FromHours(hours));
        await using var chaos = new ChaosCloud(time: time);
        string source = StreamEvent.StreamArn("clock");
        chaos.Cloud.Sts.AddRole(Role);
        var places = Kinds.Select((kind, i) => new CloudPlace(chaos.Cloud, chaos.Lambda, kind, $"t{i}")).ToList();
        places.ForEach(p => chaos.Map(source, $"t{places.IndexOf(p)}", Kinds[places.IndexOf(p)].Split('.')[0], p.Destination, isParallel: true));
        await using var foreign = new CloudPlace(chaos.Cloud, chaos.Lambda, "kinesis", "foreign");
        chaos.Map(source, "foreign", "kinesis", foreign.Destination, isParallel: true, role: Role);
        List<CloudPlace> letters = [];
        foreach (string kind in (string[])["sqs", "sns", "s3"])
        {
            await using var denied = new CloudPlace(chaos.Cloud, chaos.Lambda, "firehose", $"denied-{kind}");
            chaos.Cloud.Faults.Add(new Fault { Kind = FaultKind.AccessDenied, Destination = $"denied-{kind}" });
            letters.Add(new CloudPlace(chaos.Cloud, chaos.Lambda, kind, $"letters-{kind}"));
            chaos.Map(source, $"denied-{kind}", "firehose", denied.Destination, isParallel: true, deadLetter: letters[^1].Destination);
        }

        await using ExecutionEnvironment function = chaos.Environment(new Random(1));
        GroupResult group = await function.InvokeAsync(new ChaosRecords(source, "clock", 4).Event([.. Enumerable.Range(0, Count)]), TimeSpan.FromSeconds(20));

        Assert.Empty(group.Failed);
        Assert.Null(group.ProgressProblem);
        Assert.All([.. places, foreign, .. letters], static p => Assert.Equal(Enumerable.Range(0, Count), p.Arrivals().Order()));
    }
}
