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

    /// <summary>Makes what was hidden by reading visible to others again.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task GiveBackAsync(CancellationToken cancellationToken);
}
