namespace FanOut.Engine.Targets;

/// <summary>What happens to the order of a call's items if only some of them are taken.</summary>
public enum CallOrder
{
    /// <summary>Any item may be refused while later ones are taken: to keep the order, a call holds only one item of each key.</summary>
    ByKey,

    /// <summary>As <see cref="ByKey"/>, but all items belong to one group: to keep the order, a call holds one item.</summary>
    OneGroup,

    /// <summary>All items of a call are taken, or none.</summary>
    AsOne,

    /// <summary>Each item is a thing of its own: whichever is taken first, the target ends with the same.</summary>
    Independent,

    /// <summary>A later item replaces an earlier one of its key: an item that was refused before one that was taken need not be sent again.</summary>
    LastWins,
}
