using FanOut.Engine;
using FanOut.Engine.Delivery;
using FanOut.Engine.Events;
using FanOut.Engine.Mappings;
using FanOut.Tests.Targets;

namespace FanOut.Tests;

public class DispatchResultTests
{
    private readonly RecordGroup _group = Assert.Single(EventReader.Read(LambdaEvent.Of(LambdaEvent.Kinesis([1]))));

    [Fact]
    public void The_memory_of_the_records_is_used_again_only_when_no_send_can_read_them()
    {
        var sending = new TaskCompletionSource();
        var outcome = new Outcome(TestTargets.Mapping(TargetType.Kinesis), _group.Records.Count, null);
        outcome.Watch(sending.Task);
        var result = new DispatchResult([new GroupResult(_group, [outcome], [], null)]);

        result.Dispose();
        Assert.Single(_group.Records);

        sending.SetResult();
        result.Dispose();
        Assert.Empty(_group.Records);
    }

    [Fact]
    public void The_memory_of_the_records_is_left_alone_where_the_look_up_of_progress_may_go_on()
    {
        new DispatchResult([new GroupResult(_group, [], [], new TimeoutException("no mappings"))]).Dispose();

        Assert.Single(_group.Records);
    }
}
