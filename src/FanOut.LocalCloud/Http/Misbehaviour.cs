namespace FanOut.LocalCloud.Http;

/// <summary>A way for a server to misbehave while it answers.</summary>
/// <param name="Kind">What goes wrong.</param>
/// <param name="Pause">For <see cref="MisbehaviourKind.Drip"/>: the time between two pieces, by the server's clock.</param>
/// <param name="Piece">For <see cref="MisbehaviourKind.Drip"/>: bytes per piece.</param>
public sealed record Misbehaviour(MisbehaviourKind Kind, TimeSpan Pause = default, int Piece = 1)
{
    /// <summary>The connection is closed without a single byte of an answer.</summary>
    public static Misbehaviour CloseBeforeAnswer { get; } = new(MisbehaviourKind.CloseBeforeAnswer);

    /// <summary>The connection is closed in the middle of the body (of the head, when there is no body).</summary>
    public static Misbehaviour CloseInTheMiddle { get; } = new(MisbehaviourKind.CloseInTheMiddle);

    /// <summary>Nothing is answered and the connection stays open until the client leaves or the server stops.</summary>
    public static Misbehaviour Hang { get; } = new(MisbehaviourKind.Hang);

    /// <summary>The whole answer goes out in small pieces.</summary>
    /// <param name="pause">The time between two pieces, by the server's clock.</param>
    /// <param name="piece">Bytes per piece.</param>
    public static Misbehaviour Drip(TimeSpan pause, int piece = 1) => new(MisbehaviourKind.Drip, pause, piece);
}
