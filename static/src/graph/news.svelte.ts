/** What a key did, in words for those who do not see it done: read out by the page's live region. */
class News {
  words = $state("");

  tell(words: string): void {
    this.words = words;
  }
}

export const news = new News();
