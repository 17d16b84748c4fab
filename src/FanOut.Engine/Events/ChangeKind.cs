namespace FanOut.Engine.Events;

/// <summary>What happened to a DynamoDB item.</summary>
public enum ChangeKind
{
    /// <summary>Not a change of an item: the record is not of DynamoDB.</summary>
    None,

    /// <summary><c>INSERT</c>: there was no such item.</summary>
    Insert,

    /// <summary><c>MODIFY</c>: the item was there and was changed.</summary>
    Modify,

    /// <summary><c>REMOVE</c>: the item is gone, deleted or expired.</summary>
    Remove,
}
