using System.Globalization;
using FanOut.EndToEnd.Engine;

namespace FanOut.EndToEnd.Chaos;

/// <summary>Many records through four targets that all fail now and then, at random.</summary>
[Collection(nameof(EndpointsCollection))]
public sealed class SoakTests(ITestOutputHelper output)
{
    /// <summary>Says how many records; without it the gate runs a small number. docs/delivery.md has the command.</summary>
    private const string Variable = "FANOUT_SOAK";

    [Fact]
    public async Task No_record_is_lost()
    {
        int count = int.TryParse(Environment.GetEnvironmentVariable(Variable), NumberStyles.None, CultureInfo.InvariantCulture, out int said) ? said : 20_000;
        long started = TimeProvider.System.GetTimestamp();
        await using var soak = new Soak(count, seed: 1);

        await soak.RunAsync();

        Figures.Write(output, "soak", FormattableString.Invariant($"soak: {soak.Tell()}, {TimeProvider.System.GetElapsedTime(started).TotalSeconds:F0} s"));
        Assert.Equal(0, soak.Lost);
        Assert.Equal(0, soak.OutOfOrder);
    }
}
