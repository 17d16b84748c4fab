using System.Text;
using System.Text.Json;
using FanOut.Engine.Logging;

namespace FanOut.Tests.Logging;

public sealed class JsonLogTests
{
    [Fact]
    public void Lines_that_are_held_are_one_write_and_each_stays_a_line()
    {
        using var output = new Writes();
        var log = new JsonLog(output, LogLevel.Info, TimeProvider.System) { RequestId = "r" };

        log.Write(LogLevel.Info, "first");
        using (log.Hold())
        {
            log.Write(LogLevel.Info, "second");
            using (log.Hold())
            {
                log.Write(LogLevel.Debug, "not written");
                log.Write(LogLevel.Metric, "third", static json => json.WriteNumber("n"u8, 3));
            }

            Assert.Single(output.All);
        }

        log.Write(LogLevel.Warn, "fourth");

        Assert.Equal(["first", "second third", "fourth"], output.All.Select(static w => string.Join(' ', Messages(w))));
    }

    [Fact]
    public void A_line_that_cannot_be_written_does_not_spoil_those_that_are_held()
    {
        using var output = new Writes();
        var log = new JsonLog(output, LogLevel.Info, TimeProvider.System);

        using (log.Hold())
        {
            log.Write(LogLevel.Info, "before");
            Assert.Throws<InvalidOperationException>(() => log.Write(LogLevel.Info, "broken", static _ => throw new InvalidOperationException()));
            log.Write(LogLevel.Info, "after");
        }

        Assert.Equal(["before", "after"], Messages(Assert.Single(output.All)));
    }

    [Fact]
    public void Who_lets_go_twice_lets_go_once()
    {
        using var output = new Writes();
        var log = new JsonLog(output, LogLevel.Info, TimeProvider.System);
        IDisposable other = log.Hold();
        using (IDisposable twice = log.Hold())
        {
            twice.Dispose();
        }

        log.Write(LogLevel.Info, "held");
        Assert.Empty(output.All);
        other.Dispose();
        Assert.Single(output.All);
    }

    private static IEnumerable<string> Messages(string lines) =>
        lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static l => JsonDocument.Parse(l).RootElement.GetProperty("message").GetString()!);

    private sealed class Writes : MemoryStream
    {
        public List<string> All { get; } = [];

        public override void Write(ReadOnlySpan<byte> buffer) => All.Add(Encoding.UTF8.GetString(buffer));
    }
}
