-- hankookilbo.lua - Hankook Ilbo: paragraphs and subheads, without buttons and captions between them.

return {
  kind = "extractor", api = 1, version = "1.0.0",
  about = "Pages of hankookilbo.com.",
  hosts = { "hankookilbo.com" },
  page = {
    keep = { "h2.sub-tit-ll", "p.editor-p", "h3.editor-tit" },
    drop = { ".editor-img-box", ".module-area", ".writer" },
  },
  tests = {
    { give = { html = [[<div class=col-main><h1>방파제가 무너졌다</h1><h2 class=sub-tit-ll>정오에 벽이 무너져</h2>
        <div class=editor-img-box><button>이미지 확대보기</button><div class=caption><p>어제의 방파제</p></div>
        </div><p class=editor-p>다친 사람은 없다.</p><h3 class=editor-tit>기중기가 오는 중</h3>
        <p class=editor-p>저녁에 도착한다.</p><div class=writer>기자</div></div>]] },
      want = { text = "정오에 벽이 무너져\n\n다친 사람은 없다.\n\n기중기가 오는 중\n\n저녁에 도착한다." } },
  },
}
