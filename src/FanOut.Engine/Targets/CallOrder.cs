namespace FanOut.Engine.Targets;

/// <summary>What a call means for the order of its items, when not all of them are taken.</summary>
public enum CallOrder
{
    /// <summary>Any item may be refused while later ones are taken: to keep the order, a call holds only one item of each key.</summary>
    ByKey,

    /// <summary>As <see cref="ByKey"/>, and all items are of one group: to keep the order, a call holds one item.</summary>
    OneGroup,

    /// <summary>A call is taken or refused as one.</summary>
    AsOne,

    /// <summary>A later item replaces an earlier one of its key: an item that was refused before one that was taken need not be sent again.</summary>
    LastWins,
}
