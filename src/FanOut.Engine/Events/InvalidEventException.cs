namespace FanOut.Engine.Events;

/// <summary>The event is not one of Kinesis, DynamoDB Streams or SNS: the function is connected to something else.</summary>
public sealed class InvalidEventException : Exception
{
    /// <summary>An event that cannot be read, and why.</summary>
    public InvalidEventException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
