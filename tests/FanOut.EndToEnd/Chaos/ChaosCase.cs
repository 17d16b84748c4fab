namespace FanOut.EndToEnd.Chaos;

/// <summary>One cell of the matrix.</summary>
/// <param name="Kind">The kind of target that fails: a type, or <c>sqs.fifo</c>, <c>sns.fifo</c>.</param>
/// <param name="Trouble">What goes wrong there.</param>
/// <param name="Buries">Whether its mapping has a dead letter.</param>
/// <param name="Parallel">Whether its mapping sends calls at the same time.</param>
/// <param name="Cuts">How a batch is cut that comes again.</param>
internal sealed record ChaosCase(string Kind, Trouble Trouble, bool Buries, bool Parallel, Cuts Cuts)
{
    private static readonly string[] Kinds = ["kinesis", "firehose", "sqs", "sns", "lambda", "events", "states", "iot", "es", "memcached", "redis", "sqs.fifo", "sns.fifo", "http"];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ChaosCase> All { get; } =
    [
        .. from kind in Kinds
           from trouble in Enum.GetValues<Trouble>()
           from buries in new[] { false, true }
           from parallel in new[] { true, false }
           from cuts in Enum.GetValues<Cuts>()
           let one = new ChaosCase(kind, trouble, buries, parallel, cuts)
           where one.IsPossible
           select one,
    ];

    /// <summary>The mapping's type.</summary>
    public string Type => Kind.Split('.')[0];

    /// <summary>Whether it is a FIFO queue or topic.</summary>
    public bool IsFifo => Kind.EndsWith(".fifo", StringComparison.Ordinal);

    /// <summary>Whether it is a cache.</summary>
    public bool IsCache => Kind is "memcached" or "redis";

    /// <summary>Whether the order of each key must be kept.</summary>
    public bool IsOrdered => !Parallel || IsFifo || IsCache;

    /// <summary>Whether a later value of a key makes an earlier one that was refused worthless.</summary>
    public bool KeepsLastOnly => IsCache || Kind == "es";

    /// <summary>Whether a call that comes again comes whole, so that records of a key come again behind its later ones.</summary>
    public bool RepeatsCallsWhole => KeepsLastOnly || Kind is "lambda" or "http";

    /// <summary>
    /// Whether what happened may have had an effect that the function cannot know of: the only reason for duplicates. A cache's call is many
    /// commands; of one that breaks off, or at which memcached asks for a password, the first have their effect.
    /// </summary>
    public bool IsAmbiguous => Trouble.HasEffect()
        || (IsCache && Trouble is Trouble.Reset or Trouble.Malformed or Trouble.Hang or Trouble.Deleted)
        || (Kind == "memcached" && Trouble == Trouble.Denied);

    // Functions, state machines, MQTT topics and endpoints take a call whole, and an endpoint's status is all that is read of its answer; FIFO queues and topics, and caches, are never sent to in parallel, but caches may be told to. A cache
    // refuses commands, not calls.
    private bool IsPossible => !(Trouble == Trouble.ItemsRefused && Kind is ("lambda" or "iot" or "states")) && !(IsFifo && Parallel)
        && !(Kind == "http" && Trouble is (Trouble.ItemsRefused or Trouble.Malformed or Trouble.MalformedAfterEffect))
        && !(IsCache && Trouble is (Trouble.Undocumented or Trouble.UndocumentedPoison));

    /// <inheritdoc/>
    public override string ToString() => $"{Kind}, {Trouble}, {(Buries ? "deadLetter" : "block")}, {(Parallel ? "parallel" : "ordered")}, {Cuts}";
}
