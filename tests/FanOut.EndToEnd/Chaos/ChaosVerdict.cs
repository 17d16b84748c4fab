namespace FanOut.EndToEnd.Chaos;

/// <summary>Holds what arrived against what docs/delivery.md promises.</summary>
/// <param name="chaos">The case.</param>
/// <param name="records">Its records.</param>
/// <param name="count">How many there were.</param>
/// <param name="events">What the invocations said.</param>
internal sealed class ChaosVerdict(ChaosCase chaos, ChaosRecords records, int count, EventSource events)
{
    /// <summary>The figures of a case in which every promise was kept.</summary>
    /// <param name="failing">What the failing target got, in order.</param>
    /// <param name="letters">What its dead letter got.</param>
    /// <param name="healthy">What the healthy targets got: the mappings a and b.</param>
    public ChaosFigures Of(IReadOnlyList<int> failing, IReadOnlyList<int> letters, IReadOnlyList<IReadOnlyList<int>> healthy)
    {
        int[] arrived = CountsOf(failing), buried = CountsOf(letters);
        int lost = CheckNothingIsLost(arrived, buried);
        int duplicates = CheckDuplicates(arrived, buried);
        if (chaos.IsOrdered && events.ProgressProblems.Count == 0)
        {
            CheckOrder(failing);
        }

        Assert.True(chaos.Buries || letters.Count == 0, $"{chaos}: it has no dead letter.");
        return new ChaosFigures
        {
            Records = count,
            Deliveries = events.Deliveries,
            Calls = events.Calls,
            Failing = failing.Count,
            DeadLettered = letters.Count,
            Duplicates = duplicates,
            Lost = lost,
            Healthy = healthy.Sum(static h => h.Count),
            HealthyDuplicates = CheckHealthy("a", healthy[0], static _ => true) + CheckHealthy("b", healthy[1], ChaosRecords.IsWanted),
            ProgressProblems = events.ProgressProblems.Count,
        };
    }

    private int CheckNothingIsLost(int[] arrived, int[] buried)
    {
        int[] lost = [.. Enumerable.Range(0, count).Where(n => arrived[n] + buried[n] == 0 && !IsSuperseded(n, arrived))];
        Assert.True(lost.Length == 0, $"{chaos}: neither at the target nor in the dead letter: {string.Join(' ', lost)}");
        return lost.Length;
    }

    private int CheckDuplicates(int[] arrived, int[] buried)
    {
        int[] twice = [.. Enumerable.Range(0, count).Where(n => arrived[n] + buried[n] > 1)];
        bool areNamed = chaos.IsAmbiguous || events.IsUncertain("failing") || events.ProgressProblems.Count > 0;
        Assert.True(areNamed || twice.Length == 0, $"{chaos}: more than once, and the documentation does not say so: {string.Join(' ', twice)}");
        Assert.True(!chaos.IsFifo || events.ProgressProblems.Count > 0 || arrived.All(static a => a <= 1), $"{chaos}: the deduplication ids of a record differ.");
        return twice.Sum(n => arrived[n] + buried[n] - 1);
    }

    private int CheckHealthy(string mapping, IReadOnlyList<int> got, Func<int, bool> isWanted)
    {
        int[] arrived = CountsOf(got), wanted = [.. Enumerable.Range(0, count).Where(isWanted)];
        Assert.DoesNotContain(got, n => !isWanted(n));
        int[] missing = [.. wanted.Where(n => arrived[n] == 0)], twice = [.. Enumerable.Range(0, count).Where(n => arrived[n] > 1)];
        Assert.True(missing.Length == 0, $"{chaos}: not at the healthy target {mapping}: {string.Join(' ', missing)}");
        Assert.True(
            twice.Length == 0 || events.IsUncertain(mapping) || events.ProgressProblems.Count > 0,
            $"{chaos}: more than once at the healthy target {mapping}: {string.Join(' ', twice)}");
        return got.Count - wanted.Length;
    }

    /// <summary>
    /// Per key: nothing arrives behind a later one. Calls to functions, indexes and caches come again whole where nobody knows what they did:
    /// a function then sees what it has seen, in order, and caches and indexes end with the last value. A call that was cut off may have its
    /// effect late.
    /// </summary>
    private void CheckOrder(IReadOnlyList<int> failing)
    {
        Dictionary<string, int> highest = [], last = [];
        HashSet<int> seen = [];
        bool isWhole = chaos.RepeatsCallsWhole && chaos.IsAmbiguous;
        foreach (int number in failing)
        {
            string key = records.KeyOf(number);
            bool isLate = highest.TryGetValue(key, out int later) && number < later;
            bool cameLate = !chaos.IsAmbiguous && events.IsUncertain("failing") && seen.Contains(number);
            bool mayBe = cameLate || (isWhole && (chaos.KeepsLastOnly || seen.Contains(number)));
            Assert.True(!isLate || mayBe, $"{chaos}: {number} was taken after {later} of its key: {string.Join(' ', failing)}");
            seen.Add(number);
            highest[key] = Math.Max(number, later);
            last[key] = number;
        }

        Assert.All(last, l => Assert.True(l.Value == highest[l.Key], $"{chaos}: {l.Key} ends with {l.Value}, which is older than {highest[l.Key]}: {string.Join(' ', failing)}"));
    }

    // A value that was refused while a later one of its key was taken has nothing left to say.
    private bool IsSuperseded(int number, int[] arrived) =>
        chaos.KeepsLastOnly && Enumerable.Range(number + 1, count - number - 1).Any(n => arrived[n] > 0 && records.KeyOf(n) == records.KeyOf(number));

    private int[] CountsOf(IReadOnlyList<int> numbers)
    {
        int[] counts = new int[count];
        foreach (int number in numbers)
        {
            counts[number]++;
        }

        return counts;
    }
}
