namespace FanOut.Destinations;

/// <summary>Lists that services answer page by page.</summary>
internal static class Pages
{
    /// <summary>The items of all pages; a page is asked for when it is needed.</summary>
    /// <param name="read">Reads the page that begins at a token; null: the first one.</param>
    /// <param name="items">The items of a page.</param>
    /// <param name="next">Where the next page begins; null or empty: there is none.</param>
    public static async IAsyncEnumerable<TItem> AllAsync<TPage, TItem>(Func<string?, Task<TPage>> read, Func<TPage, IEnumerable<TItem>?> items, Func<TPage, string?> next)
    {
        string? token = null;
        do
        {
            TPage page = await read(token).ConfigureAwait(false);
            foreach (TItem item in items(page) ?? [])
            {
                yield return item;
            }

            token = next(page);
        }
        while (!string.IsNullOrEmpty(token));
    }

    /// <summary>The same as a list, when all pages are needed.</summary>
    public static async Task<List<TItem>> ListAsync<TPage, TItem>(Func<string?, Task<TPage>> read, Func<TPage, IEnumerable<TItem>?> items, Func<TPage, string?> next)
    {
        List<TItem> all = [];
        await foreach (TItem item in AllAsync(read, items, next).ConfigureAwait(false))
        {
            all.Add(item);
        }

        return all;
    }
}
