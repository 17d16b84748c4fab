using FanOut.Engine.Batching;

namespace FanOut.Engine.Delivery;

/// <content>Which item is to blame, where a failure does not say whether one is.</content>
internal sealed partial class SendBlock
{
    /// <summary>A call was refused whole, again and again, and nobody knows why: delivers those that are taken without the others.</summary>
    /// <returns>What is left to send, and whether all the rest were taken or failed for reasons of their own.</returns>
    private async Task<(SentItems Left, bool IsWhole)> DoubtAsync(SentItems sent, Failure failure, CancellationToken cancellationToken)
    {
        var doubted = new Doubted(sent.Batch, keepsOrder, FailureClass.Unknown);
        bool isWhole = true;
        if (sent.Left.Length == 1)
        {
            doubted.Add(sent.Left.Span, sent.Attempts);
        }
        else
        {
            isWhole = await HalveAsync(sent, doubted, cancellationToken).ConfigureAwait(false);
        }

        // Where some were taken now, the target may only have come back in between: the others go once more. Where none was, though the target
        // does take others, those that were refused by themselves are to blame. And where it has taken nothing at all, nobody is.
        if (doubted.Count < sent.Left.Length || !Volatile.Read(ref _hasTaken))
        {
            return (new SentItems(sent.Batch, doubted.All, doubted.Attempts), isWhole);
        }

        foreach ((Item item, Attempts attempts) in doubted.Alone)
        {
            Fail(sent.Batch, [item], failure with { Class = FailureClass.PermanentItem }, attempts);
        }

        return (new SentItems(sent.Batch, HoldBack(sent.Batch, doubted.Others), doubted.Attempts), isWhole);
    }

    /// <summary>
    /// Calls fail again and again, and may have had an effect: the target is not well, or one item makes it fail. So a single one takes the place of all, which
    /// costs a target that is not well no call more; where it is taken, the others are halved. Sends until each is taken or has failed.
    /// </summary>
    /// <returns>Whether all were taken, or failed for reasons of their own.</returns>
    private async Task<bool> IsolateAsync(SentItems sent, Failure failure, int again, CancellationToken cancellationToken)
    {
        TargetBatch batch = sent.Batch;
        bool isWhole = true;
        Item[] suspects = [];
        for (int alone = 0, samples = 0; sent.Left.Length > 0; alone++, samples++)
        {
            ReadOnlyMemory<Item> candidates = SampleItem.Candidates(batch, sent.Left, keepsOrder);
            bool isInTheWay = suspects.Length == 0 && candidates.Length == 1 && sent.Left.Length > 1 && !_waitsForTarget;
            if (alone >= DecideNextStep.MostAlone && (suspects.Length > 0 || isInTheWay))
            {
                Item[] guilty = isInTheWay ? [candidates.Span[0]] : suspects;
                Fail(batch, guilty, isInTheWay ? FailedCall.InTheWay(failure) : FailedCall.RefusedAlone(failure), sent.Attempts);
                return await RunAsync(batch, Without(sent.Left, guilty), sent.Attempts, null, cancellationToken).ConfigureAwait(false) && isWhole;
            }

            if (!await WaitAsync(PauseAfter(failure, again + alone), cancellationToken).ConfigureAwait(false))
            {
                Fail(batch, sent.Left.Span, FailedCall.OutOfTime(failure), sent.Attempts);
                return false;
            }

            var doubted = new Doubted(batch, keepsOrder, FailureClass.Ambiguous);
            Item[] sample = [SampleItem.Choose(candidates, samples)];
            isWhole &= await RunAsync(batch, sample, sent.Attempts, doubted, cancellationToken).ConfigureAwait(false);
            if (doubted.Count == 0)
            {
                var others = new SentItems(batch, Without(sent.Left, sample), sent.Attempts);

                // They go together once more, as the target may only have been unwell; one that needs too long for all of them needs less for half.
                isWhole &= failure.Code == Classify.NoAnswer && others.Left.Length > 1
                    ? await HalveAsync(others, doubted, cancellationToken).ConfigureAwait(false)
                    : await RunAsync(batch, others.Left, others.Attempts, doubted, cancellationToken).ConfigureAwait(false);
                suspects = doubted.Suspects;
                sent = new SentItems(batch, doubted.All, doubted.Attempts);
                (again, alone) = (0, -1);
            }
            else
            {
                sent = new SentItems(batch, sent.Left, doubted.Attempts);
            }

            failure = doubted.Refusal ?? failure;
        }

        return isWhole;
    }

    private static Item[] Without(ReadOnlyMemory<Item> items, Item[] those)
    {
        HashSet<int> firsts = [.. those.Select(static i => i.First)];
        return Array.FindAll(items.ToArray(), i => !firsts.Contains(i.First));
    }
}
