using FanOut.Engine.Batching;
using FanOut.Engine.Faults;
using FanOut.Engine.Targets;

namespace FanOut.Engine.Memcached;

/// <summary>The entries of one call that belong to one server, and what became of them. No I/O.</summary>
/// <param name="entries">All entries of the call.</param>
internal sealed class NodeBatch(ReadOnlyMemory<CacheEntry> entries)
{
    private readonly List<int> _indexes = [];

    /// <summary>The number of entries.</summary>
    public int Count => _indexes.Count;

    /// <summary>How many of them the server has answered; answers come in the order of the entries.</summary>
    public int Answered { get; private set; }

    /// <summary>The entries that the server answered and did not take.</summary>
    public List<CacheFailure> Failures { get; } = [];

    /// <summary>Why the rest has no answer; null when all have one.</summary>
    public Exception? Fault { get; set; }

    /// <summary>One of the entries.</summary>
    /// <param name="position">Which, in the order they were added.</param>
    public CacheEntry this[int position] => entries.Span[_indexes[position]];

    /// <summary>Adds an entry.</summary>
    /// <param name="index">Its index among all entries of the call.</param>
    public void Add(int index) => _indexes.Add(index);

    /// <summary>Gives the next entry its answer.</summary>
    /// <param name="answer">The server's answer.</param>
    /// <returns>False when the server may have lost its place in the stream, so that the connection must not be used further.</returns>
    /// <exception cref="InvalidDataException">This is not the answer of a Memcached server to what it was sent.</exception>
    /// <exception cref="UnauthorizedAccessException">The server wants a user and a password.</exception>
    public bool Take(MemcachedAnswer answer)
    {
        bool isDelete = this[Answered].Delete;
        switch (answer.Kind)
        {
            case MemcachedAnswerKind.Stored when !isDelete:
            case MemcachedAnswerKind.Deleted or MemcachedAnswerKind.NotFound when isDelete:
                Answered++;
                return true;

            case MemcachedAnswerKind.NotStored when !isDelete:
                Fail("NOT_STORED", answer.Text);
                return true;

            // The server has no room for the value, but reads it: the next answer belongs to the next command.
            case MemcachedAnswerKind.ServerError:
                Fail("SERVER_ERROR", answer.Text, isEntrysFault: answer.Text.Contains("too large", StringComparison.Ordinal));
                return true;

            case MemcachedAnswerKind.ClientError when answer.Text.Contains("unauthenticated", StringComparison.Ordinal):
                throw new UnauthorizedAccessException(answer.Text);

            // The server may read the rest of this command as the next one: the connection must not be used any further.
            case MemcachedAnswerKind.ClientError:
                Fail("CLIENT_ERROR", answer.Text);
                return false;
            case MemcachedAnswerKind.Error:
                Fail("ERROR", $"The server does not know the command '{(isDelete ? "delete" : "set")}'.");
                return false;

            default:
                string said = answer.Text.Length > 0 ? answer.Text : answer.Kind.ToString();
                throw new InvalidDataException($"It answered '{said}' to '{(isDelete ? "delete" : "set")}', as no Memcached server does.");
        }
    }

    /// <summary>Marks every entry without an answer as refused: it is sent again.</summary>
    /// <param name="reason">Why there is none.</param>
    public void RefuseRest(string reason)
    {
        while (Answered < Count)
        {
            Failures.Add(new(_indexes[Answered++], Retryable: true, "NoAnswer", reason));
        }
    }

    private void Fail(string code, string reason, bool isEntrysFault = false) =>
        Failures.Add(new(_indexes[Answered++], !isEntrysFault && KnownFaults.ClassOf(Service.Memcached, code) == FailureClass.Refused, code, reason));
}
