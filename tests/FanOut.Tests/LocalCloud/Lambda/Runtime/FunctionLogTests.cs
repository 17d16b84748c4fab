using System.Globalization;
using FanOut.LocalCloud.Lambda.Runtime;

namespace FanOut.Tests.LocalCloud.Lambda.Runtime;

public sealed class FunctionLogTests
{
    [Fact]
    public void Only_the_last_lines_are_kept()
    {
        var log = new FunctionLog();
        for (var i = 0; i < FunctionLog.Capacity + 2; i++)
        {
            log.Add(i.ToString(CultureInfo.InvariantCulture));
        }

        Assert.Equal(FunctionLog.Capacity, log.Lines.Count);
        Assert.Equal("2", log.Lines[0]);
    }
}
