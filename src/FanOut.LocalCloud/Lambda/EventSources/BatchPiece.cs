namespace FanOut.LocalCloud.Lambda.EventSources;

/// <summary>Consecutive records of a batch that are sent as one event.</summary>
/// <param name="Start">The first record's position in the batch.</param>
/// <param name="Count">How many records.</param>
/// <param name="Failures">How often exactly these records were sent, and failed.</param>
internal readonly record struct BatchPiece(int Start, int Count, int Failures = 0)
{
    /// <summary>The position behind the last record.</summary>
    public int End => Start + Count;

    /// <summary>The piece without its first records; it counts as a new piece with a new retry quota.</summary>
    public BatchPiece From(int position) => new(position, End - position);

    /// <summary>
    /// What is to be sent, in this order, after the piece failed from <paramref name="checkpoint"/> on (a position in the batch); empty
    /// when the quota is used up and the piece is to be discarded. Only sending the same records again counts against the quota:
    /// https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html.
    /// </summary>
    public IReadOnlyList<BatchPiece> AfterFailure(int checkpoint, EventSourceMappingOptions settings)
    {
        if (checkpoint > Start)
        {
            // A partial success splits the batch at the checkpoint only, also with BisectBatchOnFunctionError.
            return [From(checkpoint)];
        }

        if (settings.BisectBatchOnFunctionError && Count > 1)
        {
            var half = Count / 2;
            return [new(Start, half), new(Start + half, Count - half)];
        }

        return settings.MaximumRetryAttempts < 0 || Failures < settings.MaximumRetryAttempts ? [this with { Failures = Failures + 1 }] : [];
    }
}
