using FanOut.Engine.Delivery;

namespace FanOut.Tests.Delivery;

/// <summary>The memory that calls share.</summary>
public class CallRoomTests
{
    [Fact]
    public void Who_wants_more_than_is_left_waits_and_who_comes_later_waits_behind()
    {
        var room = new CallRoom(10);
        Task first = room.EnterAsync(6), large = room.EnterAsync(5), small = room.EnterAsync(1);

        Assert.Equal((true, false, false), (first.IsCompleted, large.IsCompleted, small.IsCompleted));
        room.Leave(6);
        Assert.Equal((true, true), (large.IsCompleted, small.IsCompleted));
    }

    [Fact]
    public void What_is_larger_than_all_of_it_goes_alone()
    {
        var room = new CallRoom(10);
        Task small = room.EnterAsync(1), large = room.EnterAsync(50), next = room.EnterAsync(1);

        Assert.Equal((true, false, false), (small.IsCompleted, large.IsCompleted, next.IsCompleted));
        room.Leave(1);
        Assert.Equal((true, false), (large.IsCompleted, next.IsCompleted));
        room.Leave(50);
        Assert.True(next.IsCompleted);
    }
}
