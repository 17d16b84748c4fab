using FanOut.EndToEnd.Engine;

namespace FanOut.EndToEnd.Chaos;

/// <summary>Every target, with everything that may go wrong there: nothing is lost, nothing else comes twice, order is kept.</summary>
[Collection(nameof(EndpointsCollection))]
public sealed class MatrixTests(Matrix matrix, ITestOutputHelper output) : IClassFixture<Matrix>
{
    public static TheoryData<string> Cases => [.. ChaosCase.All.Select(static c => c.ToString())];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Every_record_arrives_or_is_in_the_dead_letter(string chaos)
    {
        ChaosFigures figures = await matrix.Of(chaos);

        Assert.Equal(0, figures.Lost);
    }

    [Fact]
    public async Task The_figures_of_all_cases_together()
    {
        ChaosFigures sum = await matrix.SumAsync();

        Figures.Write(output, "chaos", FormattableString.Invariant(
            $"chaos: {ChaosCase.All.Count} cases, {sum.Records} records, {sum.Deliveries} invocations, {sum.Calls} calls; healthy targets took {sum.Healthy} ({sum.HealthyDuplicates} twice), failing ones {sum.Failing}, dead letters {sum.DeadLettered}; {sum.Duplicates} duplicates, {sum.ProgressProblems} without progress, {sum.Lost} lost"));
        Assert.Equal(0, sum.Lost);

        // Otherwise the cases would forgive what they are to find.
        Assert.InRange(sum.ProgressProblems, 0, sum.Deliveries / 20);
        Assert.InRange(sum.HealthyDuplicates, 0, sum.Healthy / 50);
    }
}
