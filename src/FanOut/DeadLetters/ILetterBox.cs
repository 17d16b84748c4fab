namespace FanOut.DeadLetters;

/// <summary>Where letters lie: a queue, or a prefix in a bucket.</summary>
internal interface ILetterBox
{
    /// <summary>As objects and messages show it: the queue's URL, or <c>s3://bucket/prefix</c>.</summary>
    string Name { get; }

    /// <summary>Its region.</summary>
    string Region { get; }

    /// <summary>What could not be shown, as sentences for warnings; asked for when all was read.</summary>
    IReadOnlyList<string> Warnings { get; }

    /// <summary>All letters, each once, as they come: a page of a queue, or an object of a bucket.</summary>
    /// <param name="cancellationToken">Ends the reading.</param>
    IAsyncEnumerable<IReadOnlyList<StoredLetter>> ReadAsync(CancellationToken cancellationToken);

    /// <summary>How many letters there are, about; null: that could not be found out.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<long?> CountAsync(CancellationToken cancellationToken);

    /// <summary>Whether a letter that failed again can be replaced by one that says so.</summary>
    bool CountsAttempts { get; }

    /// <summary>Removes letters, or replaces them where <see cref="CountsAttempts"/>.</summary>
    /// <param name="letters">The letters.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Those that could not be removed, with the reason. That one could not be replaced is no harm.</returns>
    Task<IReadOnlyList<UnsettledLetter>> SettleAsync(IReadOnlyCollection<SettledLetter> letters, CancellationToken cancellationToken);

    /// <summary>What was read by now is done with: it is not settled any more.</summary>
    void EndRound();

    /// <summary>Keeps what was read hidden from others until it is given back or the token is cancelled; ends then without an error.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends it.</param>
    Task KeepHiddenAsync(TimeProvider time, CancellationToken cancellationToken);

    /// <summary>Makes what was hidden by reading visible to others again.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task GiveBackAsync(CancellationToken cancellationToken);
}
