using FanOut.LocalCloud;

namespace FanOut.Tests.LocalCloud;

public sealed class JournalTests
{
    [Fact]
    public async Task Waiting_ends_with_the_entry_that_was_waited_for()
    {
        Journal<int> journal = new();
        Task three = journal.WaitForAsync(3, TestContext.Current.CancellationToken);
        Task seven = journal.WaitForAsync(entries => entries.Contains(7), TestContext.Current.CancellationToken);

        journal.Add(1);
        journal.Add(7);
        await seven;
        Assert.False(three.IsCompleted);
        journal.Add(2);
        await three;

        Assert.Equal([1, 7, 2], journal);
    }

    [Fact]
    public async Task Entries_of_many_writers_all_stay()
    {
        Journal<int> journal = new();
        Task all = journal.WaitForAsync(4000, TestContext.Current.CancellationToken);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(writer => Task.Run(() =>
        {
            for (int i = 0; i < 1000; i++)
            {
                journal.Add((writer * 1000) + i);
            }
        })));
        await all;

        Assert.Equal(Enumerable.Range(0, 4000), journal.Order());
    }

    [Fact]
    public async Task Waiting_can_be_given_up()
    {
        Journal<int> journal = new();
        using CancellationTokenSource giveUp = new();
        Task wait = journal.WaitForAsync(1, giveUp.Token);

        await giveUp.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait);
    }

    [Fact]
    public void Enumerating_sees_what_was_there_when_it_began()
    {
        Journal<int> journal = new();
        journal.Add(1);
        foreach (int entry in journal)
        {
            journal.Add(entry + 1);
        }

        Assert.Equal([1, 2], journal);
        journal.Clear();
        Assert.Empty(journal);
    }
}
