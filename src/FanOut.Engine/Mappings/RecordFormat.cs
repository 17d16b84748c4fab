namespace FanOut.Engine.Mappings;

/// <summary>What the data of a stream's records is, where a mapping says so: the words of <c>recordFormat</c>.</summary>
public enum RecordFormat
{
    /// <summary><c>raw</c>: whatever the producer sent.</summary>
    Raw,

    /// <summary>
    /// <c>dynamodb-changes</c>: changes of DynamoDB tables that stream to Kinesis. The mapping takes them as those of a table's own stream, see <see cref="Events.ReadChange"/>.
    /// </summary>
    DynamoDbChanges,
}
