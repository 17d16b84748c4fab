using FanOut.Engine.Batching;
using FanOut.Engine.Faults;

namespace FanOut.Tests.Faults;

/// <summary>What the statuses of an HTTPS endpoint mean, as docs/reference.md has it.</summary>
public class HttpStatusTests
{
    private static readonly int[] Again = [408, 425, 429, .. Enumerable.Range(500, 100).Except([501, 505, 511])];
    private static readonly int[] OfRecord = [400, 413, 415, 422];
    private static readonly int[] OfTarget = [207, .. Enumerable.Range(300, 100), .. Enumerable.Range(401, 7), 410, 411, 414, 426, 451, 501, 505, 511];

    [Fact]
    public void Every_status_without_success_is_sent_again_or_the_records_fault_or_the_targets_or_unknown()
    {
        int[] all = [207, .. Enumerable.Range(300, 300)];

        Assert.Equal(Again, all.Where(static s => ClassOf(s) is FailureClass.Refused or FailureClass.Ambiguous));
        Assert.Equal(OfRecord, all.Where(static s => ClassOf(s) == FailureClass.PermanentItem));
        Assert.Equal(OfTarget, all.Where(static s => ClassOf(s) == FailureClass.PermanentTarget));
        Assert.Equal(all.Except([.. Again, .. OfRecord, .. OfTarget]), all.Where(static s => ClassOf(s) == FailureClass.Unknown));
    }

    private static FailureClass ClassOf(int status) => ErrorClass.Of(Service.Http, status, $"Http{status}", "");
}
