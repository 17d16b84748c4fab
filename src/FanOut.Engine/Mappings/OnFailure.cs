namespace FanOut.Engine.Mappings;

/// <summary>What becomes of a record that cannot be delivered to a target.</summary>
public enum OnFailure
{
    /// <summary><c>block</c>: it is reported as failed, and comes again with all that follow it until the target takes it.</summary>
    Block,

    /// <summary><c>deadLetter</c>: it goes to the mapping's dead letter, and the shard goes on.</summary>
    DeadLetter,
}
