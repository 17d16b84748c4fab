using CsCheck;
using FanOut.LocalCloud.Lambda.EventSources;

namespace FanOut.Tests.LocalCloud.Lambda.EventSources;

public sealed class EventSourceMappingProperties
{
    [Fact(Timeout = 120_000)]
    public async Task Whatever_is_poisoned_the_healthy_records_succeed_once_in_order_and_with_bisecting_only_poison_is_discarded()
    {
        var cases = Gen.Select(Gen.Int[0, 60], Gen.Int[1, 20], Gen.Int[0, 3], Gen.Bool, Gen.Bool, Gen.Int[1, 60].HashSet[0, 6]);
        await cases.SampleAsync(async (records, batchSize, retries, bisect, report, poison) =>
        {
            var succeeded = new List<int>();
            var function = new ScriptedFunction(numbers =>
            {
                var healthy = numbers.TakeWhile(number => !poison.Contains(number)).ToArray();
                if (healthy.Length == numbers.Length || report)
                {
                    succeeded.AddRange(healthy);
                    return ScriptedFunction.Report([.. numbers.Where(poison.Contains)]);
                }

                return ScriptedFunction.Failure();
            });
            var discarded = new List<int>();
            var settings = new EventSourceMappingOptions
            {
                BatchSize = batchSize,
                MaximumRetryAttempts = retries,
                BisectBatchOnFunctionError = bisect,
                ReportBatchItemFailures = report,
                RetryBaseDelay = TimeSpan.Zero,
                OnFailure = batch =>
                {
                    discarded.AddRange(Enumerable.Range(int.Parse(batch.StartSequenceNumber, null), batch.BatchSize));
                    return Task.CompletedTask;
                },
            };

            await using var mapping = EventSourceMapping.Start(Shards.Stream(records), function, "arn", settings, TimeProvider.System);
            await mapping.WhenIdleAsync(TestContext.Current.CancellationToken);

            Assert.Equal(Enumerable.Range(1, records), succeeded.Concat(discarded).Order());
            Assert.Equal(succeeded.Order(), succeeded);
            Assert.Equal(discarded.Order(), discarded);
            Assert.Equal((succeeded.Count, discarded.Count), ((int)mapping.Progress.Delivered, (int)mapping.Progress.Discarded));
            if (bisect)
            {
                Assert.Equal(poison.Where(number => number <= records).Order(), discarded);
            }
        }, iter: 300);
    }
}
